//! The room, for everybody in a visit.

use super::lazy::lazy_pages;
use ::room::ui::{RoomPage, RoomTestPage};

lazy_pages! {
    room_page, __preload_room_page:
    ROOM => RoomPage,
    TEST => RoomTestPage,
}
