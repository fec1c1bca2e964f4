//! Pages of this slice: find, book, calendars, the therapist's day, the desk's requests.
