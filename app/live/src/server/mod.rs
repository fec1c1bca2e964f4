//! The server's end of the socket.
