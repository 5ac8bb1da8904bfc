"""What finding creators reads and keeps: whom a brief may mean, what creators share, who competes, briefs and their runs."""
