"""Registers that hold no rule of their own: partners and agreements, meetings, the scan, the secretariat, papers and their reviewers."""
