//! Every parameter of the house: its group, its unit, what it may be and what it is unless somebody sets it (product.md 4.1).
//! The sentence that explains it is in `ui::words`.

use crate::model::reasons::codes;

codes! {
    /// A number that an administrator may set.
    Parameter {
        Hold = "hold",
        HoldExtension = "hold_extension",
        Interval = "interval",
        BufferBefore = "buffer_before",
        BufferAfter = "buffer_after",
        Notice = "notice",
        Horizon = "horizon",
        CutOff = "cut_off",
        RequestExpiry = "request_expiry",
        OpenRequests = "open_requests",
        SkipFollowUp = "skip_follow_up",
        SkipSameTherapist = "skip_same_therapist",
        SkipKnownPatient = "skip_known_patient",
        FollowUpDays = "follow_up_days",
        WeightEarliest = "weight_earliest",
        WeightContinuity = "weight_continuity",
        WeightLanguage = "weight_language",
        WeightLoad = "weight_load",
        FirstReminder = "reminder_1",
        SecondReminder = "reminder_2",
        ThirdReminder = "reminder_3",
        FirstNudge = "confirm_nudge_1",
        SecondNudge = "confirm_nudge_2",
        WaitlistOffer = "waitlist_offer",
        InstantOffer = "instant_offer",
        RoomOpens = "room_opens",
        Correction = "correction",
        LateFee = "late_fee",
        LateFeeAmount = "late_fee_amount",
    }
}

codes! {
    /// Parameters that are looked at together.
    Group {
        Slots = "slots",
        Notice = "notice",
        Approval = "approval",
        Matching = "matching",
        Reminders = "reminders",
        Waitlist = "waitlist",
        Room = "room",
        Charges = "charges",
    }
}

/// What the number of a parameter counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Seconds,
    Minutes,
    Hours,
    Days,
    /// Things.
    Count,
    /// US cents.
    Cents,
    /// A share of the order of a search.
    Weight,
    /// 0 is off, 1 is on.
    Switch,
}

/// For whom a parameter may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// One value for the organisation.
    House,
    /// Services may differ, therapists not.
    Service,
    /// Services, therapists, and services of therapists may differ.
    Everywhere,
}

/// What a parameter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spec {
    pub parameter: Parameter,
    pub group: Group,
    pub unit: Unit,
    pub least: i64,
    pub most: i64,
    pub default: i64,
    /// 0 may be set although `least` is more: it turns the parameter off.
    pub zero_is_off: bool,
    pub reach: Reach,
}

const fn spec(parameter: Parameter, group: Group, unit: Unit, (least, most): (i64, i64), default: i64) -> Spec {
    Spec {
        parameter,
        group,
        unit,
        least,
        most,
        default,
        zero_is_off: false,
        reach: Reach::Everywhere,
    }
}

impl Spec {
    const fn or_off(mut self) -> Self {
        self.zero_is_off = true;
        self
    }

    const fn within(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    /// Whether it may be `value`.
    pub const fn allows(&self, value: i64) -> bool {
        (value == 0 && self.zero_is_off) || (value >= self.least && value <= self.most)
    }

    /// Whether it may be set in a scope that names a service, a therapist, or both.
    pub const fn may_differ(&self, for_service: bool, for_therapist: bool) -> bool {
        match self.reach {
            Reach::Everywhere => true,
            Reach::Service => !for_therapist,
            Reach::House => !for_service && !for_therapist,
        }
    }
}

const SWITCH: (i64, i64) = (0, 1);
const SHARE: (i64, i64) = (0, 100);
const A_FORTNIGHT: i64 = 14 * 24 * 60;

/// In the order of `Parameter`, which is the order of the pages.
const TABLE: [Spec; Parameter::ALL.len()] = [
    spec(Parameter::Hold, Group::Slots, Unit::Minutes, (1, 30), 5),
    spec(Parameter::HoldExtension, Group::Slots, Unit::Minutes, (0, 30), 5),
    spec(Parameter::Interval, Group::Slots, Unit::Minutes, (5, 240), 0).or_off(),
    spec(Parameter::BufferBefore, Group::Slots, Unit::Minutes, (0, 120), 0),
    spec(Parameter::BufferAfter, Group::Slots, Unit::Minutes, (0, 120), 0),
    spec(Parameter::Notice, Group::Notice, Unit::Minutes, (0, A_FORTNIGHT), 120),
    spec(Parameter::Horizon, Group::Notice, Unit::Days, (1, 366), 60),
    spec(Parameter::CutOff, Group::Notice, Unit::Hours, (0, 168), 24),
    spec(Parameter::RequestExpiry, Group::Approval, Unit::Hours, (1, 336), 72),
    spec(Parameter::OpenRequests, Group::Approval, Unit::Count, (1, 20), 3).within(Reach::House),
    spec(Parameter::SkipFollowUp, Group::Approval, Unit::Switch, SWITCH, 0),
    spec(Parameter::SkipSameTherapist, Group::Approval, Unit::Switch, SWITCH, 0),
    spec(Parameter::SkipKnownPatient, Group::Approval, Unit::Switch, SWITCH, 0),
    spec(Parameter::FollowUpDays, Group::Approval, Unit::Days, (1, 366), 90),
    spec(Parameter::WeightEarliest, Group::Matching, Unit::Weight, SHARE, 100).within(Reach::Service),
    spec(Parameter::WeightContinuity, Group::Matching, Unit::Weight, SHARE, 0).within(Reach::Service),
    spec(Parameter::WeightLanguage, Group::Matching, Unit::Weight, SHARE, 0).within(Reach::Service),
    spec(Parameter::WeightLoad, Group::Matching, Unit::Weight, SHARE, 0).within(Reach::Service),
    spec(
        Parameter::FirstReminder,
        Group::Reminders,
        Unit::Minutes,
        (5, A_FORTNIGHT),
        24 * 60,
    )
    .or_off(),
    spec(
        Parameter::SecondReminder,
        Group::Reminders,
        Unit::Minutes,
        (5, A_FORTNIGHT),
        60,
    )
    .or_off(),
    spec(
        Parameter::ThirdReminder,
        Group::Reminders,
        Unit::Minutes,
        (5, A_FORTNIGHT),
        0,
    )
    .or_off(),
    spec(Parameter::FirstNudge, Group::Reminders, Unit::Hours, (1, 336), 24).or_off(),
    spec(Parameter::SecondNudge, Group::Reminders, Unit::Hours, (1, 336), 48).or_off(),
    spec(
        Parameter::WaitlistOffer,
        Group::Waitlist,
        Unit::Minutes,
        (5, 2_880),
        240,
    ),
    spec(Parameter::InstantOffer, Group::Waitlist, Unit::Seconds, (15, 600), 90),
    spec(Parameter::RoomOpens, Group::Room, Unit::Minutes, (0, 60), 15),
    spec(Parameter::Correction, Group::Room, Unit::Hours, (0, 336), 48),
    spec(Parameter::LateFee, Group::Charges, Unit::Switch, SWITCH, 1),
    spec(
        Parameter::LateFeeAmount,
        Group::Charges,
        Unit::Cents,
        (0, 50_000),
        4_000,
    ),
];

impl Parameter {
    pub const fn spec(self) -> &'static Spec {
        &TABLE[self as usize]
    }

    /// The parameters of a group, in the order of the page.
    pub fn of(group: Group) -> impl Iterator<Item = Self> {
        TABLE
            .iter()
            .filter(move |spec| spec.group == group)
            .map(|spec| spec.parameter)
    }
}

/// A value for every parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Values([i64; TABLE.len()]);

impl Values {
    pub const DEFAULT: Self = {
        let mut values = [0; TABLE.len()];
        let mut place = 0;
        while place < TABLE.len() {
            values[place] = TABLE[place].default;
            place += 1;
        }
        Self(values)
    };

    pub const fn get(&self, parameter: Parameter) -> i64 {
        self.0[parameter as usize]
    }

    pub const fn set(&mut self, parameter: Parameter, value: i64) {
        self.0[parameter as usize] = value;
    }
}

#[cfg(test)]
mod tests {
    use super::{Group, Parameter, Reach};

    #[test]
    fn each_parameter_stands_at_its_own_place() {
        for parameter in Parameter::ALL {
            assert_eq!(parameter.spec().parameter, *parameter);
        }
        assert!(Group::ALL.iter().all(|group| Parameter::of(*group).count() > 0));
    }

    #[test]
    fn every_default_is_allowed() {
        for parameter in Parameter::ALL {
            let spec = parameter.spec();
            assert!(spec.allows(spec.default), "{parameter}");
            assert!(!spec.allows(spec.most + 1) && !spec.allows(-1), "{parameter}");
        }
        assert!(Parameter::Interval.spec().allows(0) && !Parameter::Interval.spec().allows(4));
    }

    #[test]
    fn what_is_one_for_the_house_differs_for_nobody() {
        let house = Parameter::OpenRequests.spec();
        assert_eq!(house.reach, Reach::House);
        assert!(house.may_differ(false, false) && !house.may_differ(true, false) && !house.may_differ(false, true));
        assert!(!Parameter::WeightLoad.spec().may_differ(true, true));
        assert!(Parameter::Notice.spec().may_differ(true, true));
    }
}
