"""What the whole suite leans on: tripwires, a browser, jobs run on demand."""
