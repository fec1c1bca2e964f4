//! Which of the room's views a page shows. It follows from the server's state alone, so a reload, a sleep or a cut leads
//! back to the same place (G17); only the click that opens the page's sound is the page's own.

use crate::model::{Person, Phase, Seat};
use live::Closing;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// Nothing was heard from the room yet.
    Arriving,
    /// The device check.
    Check,
    /// The host's one page before the room: no steps made for visitors (G22).
    Entrance,
    Waiting,
    /// As patient or guardian.
    Room,
    /// As therapist.
    Dashboard,
    Ended,
    /// The line is closed for good.
    Closed(Closing),
}

/// `closed`: why the line is closed, if it is. `entered`: the host pressed the button of the entrance on this tab.
pub fn scene(closed: Option<Closing>, phase: Phase, me: Option<&Person>, entered: bool) -> Scene {
    match (closed, me) {
        (_, Some(_)) if phase == Phase::Ended => Scene::Ended,
        (Some(why), _) => Scene::Closed(why),
        (None, None) => Scene::Arriving,
        (None, Some(me)) if me.seat == Seat::Host => {
            if entered {
                Scene::Dashboard
            } else {
                Scene::Entrance
            }
        }
        (None, Some(me)) if me.admitted => Scene::Room,
        (None, Some(me)) if me.ready => Scene::Waiting,
        (None, Some(_)) => Scene::Check,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ParticipantId, Presence};

    fn person(seat: Seat) -> Person {
        Person::new(ParticipantId(1), seat, String::new(), 0)
    }

    fn of(person: &Person) -> Scene {
        scene(None, Phase::Waiting, Some(person), false)
    }

    #[test]
    fn a_patient_walks_from_check_to_waiting_to_room() {
        let mut me = person(Seat::Patient);
        assert_eq!(of(&me), Scene::Check);
        me.ready = true;
        assert_eq!(of(&me), Scene::Waiting);
        me.admitted = true;
        assert_eq!(of(&me), Scene::Room);
    }

    #[test]
    fn a_cut_or_a_reload_leads_back_to_the_same_place() {
        let mut me = person(Seat::Guardian);
        (me.ready, me.admitted, me.presence) = (true, true, Presence::Resuming);
        assert_eq!(of(&me), Scene::Room);
        me.admitted = false;
        assert_eq!(of(&me), Scene::Waiting);
    }

    #[test]
    fn the_host_enters_by_one_click_and_never_sees_the_check() {
        let me = person(Seat::Host);
        assert_eq!(of(&me), Scene::Entrance);
        assert_eq!(scene(None, Phase::Live, Some(&me), true), Scene::Dashboard);
    }

    #[test]
    fn the_end_is_told_as_an_end_although_the_line_closes() {
        let me = person(Seat::Patient);
        assert_eq!(scene(Some(Closing::Left), Phase::Ended, Some(&me), false), Scene::Ended);
        assert_eq!(
            scene(Some(Closing::Left), Phase::Live, Some(&me), false),
            Scene::Closed(Closing::Left)
        );
        assert_eq!(
            scene(Some(Closing::Superseded), Phase::Live, None, false),
            Scene::Closed(Closing::Superseded)
        );
    }
}
