"""The audit log: which key was shown whose scores, when and by which operation, as a Merkle tree in files that only grow."""
