-- Says in the commit who made it and why.
CALL ducklake_set_commit_message('lake', $author, $message, extra_info => $extra_info);
