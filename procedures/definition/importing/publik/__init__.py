"""Forms exported from Publik (w.c.s.): their XML, their Django expressions, their data sources."""
