"""Development: diagnostics, projects, donors, delivery and the officers' own development, each a dossier kept whole."""
