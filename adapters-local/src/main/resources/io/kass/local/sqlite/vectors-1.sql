-- Version 1 of the file of vectors. place, mark: of a text's hash. record: the vector, enciphered.
CREATE TABLE vector (
  place INTEGER NOT NULL PRIMARY KEY,
  mark BLOB NOT NULL,
  record BLOB NOT NULL
) STRICT;
