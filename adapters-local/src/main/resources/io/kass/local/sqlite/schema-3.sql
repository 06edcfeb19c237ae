-- Version 3. Where vectors were, is no longer noted here: they are cached in a file of their own.
DELETE FROM entry WHERE key >= 'embedded/' AND key < 'embedded0';
