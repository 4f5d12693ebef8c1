"""What a review published beside what the months held give."""
