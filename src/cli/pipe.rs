//! Standard output that takes a closed pipe for the end of the reader's interest, not for a fault.

use std::io::{self, ErrorKind, Write};

/// Passes writes on until the reader has gone, then swallows them: `palisade report … | head` ends quietly.
#[derive(Debug)]
pub struct Pipe<W> {
    to: W,
    is_closed: bool,
}

impl<W: Write> Pipe<W> {
    /// A pipe to a writer.
    pub fn new(to: W) -> Self {
        Self {
            to,
            is_closed: false,
        }
    }

    fn forgive<T>(&mut self, done: io::Result<T>, instead: T) -> io::Result<T> {
        match done {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(instead)
            }
            other => other,
        }
    }
}

impl<W: Write> Write for Pipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_closed {
            return Ok(bytes.len());
        }
        let done = self.to.write(bytes);
        self.forgive(done, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let done = self.to.flush();
        self.forgive(done, ())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind, Write};

    use super::Pipe;

    struct Failing(ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn only_a_closed_pipe_is_forgiven() {
        let mut closed = Pipe::new(Failing(ErrorKind::BrokenPipe));
        closed.write_all(b"more").expect("swallowed");
        closed.flush().expect("swallowed");
        let mut full = Pipe::new(Failing(ErrorKind::StorageFull));
        full.write_all(b"more").expect_err("a fault");
    }
}
