//! All integration tests, one binary: each subject is a module beside this file.
