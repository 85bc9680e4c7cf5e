"""How far agreements are carried out, on pages and in files: what live figures prove, and the registers that people keep beside them."""
