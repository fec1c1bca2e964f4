//! The browser's half: socket, replica of the room, media and canvas.
