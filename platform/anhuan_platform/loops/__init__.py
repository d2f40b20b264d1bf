"""The kernel of every closed loop (闭环): definitions, cases, tasks, deadlines."""
