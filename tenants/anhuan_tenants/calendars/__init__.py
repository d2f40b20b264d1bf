"""When a company works: shifts, public holidays, make-up days (调休), and deadlines counted in working time."""
