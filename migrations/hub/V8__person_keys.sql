-- With which key a person was introduced: who asks again with another has drawn it anew, for no answer was heard.
ALTER TABLE introduced ADD COLUMN key BLOB;
