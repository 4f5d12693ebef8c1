"""The engines that hold the rows: what is asked of them (`port`), and who answers. No other room knows SQL or Ibis."""
