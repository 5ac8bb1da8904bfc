"""What half an hour of everything at once does to a service: readers, imports, scoring runs, streams and a webhook. `make soak`."""
