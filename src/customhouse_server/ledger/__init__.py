"""The balances of guarantees, quotas, licences and bills, kept so that nobody can overdraw one."""
