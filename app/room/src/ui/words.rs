//! The room's sentences that depend on something: which browser, which refusal, which end. Literal and short (screens.md
//! section 3); none of them reaches a child's page.

use crate::model::{Card, Device, Presence, Readiness, Refusal};
use live::Closing;

/// What the therapist's half shows. Nobody sees anything before they are in.
pub fn mirror(patient: &str, in_room: bool) -> String {
    if in_room {
        format!("Exactly what {patient} sees")
    } else {
        format!("What {patient} will see. {patient} is not in the room yet.")
    }
}

/// Which browser this is, as far as the way to a permission differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    Chrome,
    Edge,
    Firefox,
    SafariMac,
    SafariIos,
    Other,
}

impl Browser {
    /// Order matters: Edge also says Chrome, Chrome also says Safari, and every iPhone browser is Safari underneath.
    pub fn from_agent(agent: &str) -> Self {
        let has = |word| agent.contains(word);
        if has("iPhone") || has("iPad") {
            Self::SafariIos
        } else if has("Edg/") {
            Self::Edge
        } else if has("Firefox/") {
            Self::Firefox
        } else if has("Chrome/") || has("Chromium/") {
            Self::Chrome
        } else if has("Safari/") && has("Mac") {
            Self::SafariMac
        } else {
            Self::Other
        }
    }

    /// How a refused device is allowed again, one step a line.
    pub const fn steps(self) -> [&'static str; 3] {
        match self {
            Self::Chrome | Self::Edge => [
                "Press the sign left of the address.",
                "Switch Camera and Microphone on.",
                "Come back here and press Try again.",
            ],
            Self::Firefox => [
                "Press the crossed-out camera beside the address.",
                "Take the block away with the x.",
                "Come back here and press Try again.",
            ],
            Self::SafariMac => [
                "Open the menu Safari, then Settings for this website.",
                "Set Camera and Microphone to Allow.",
                "Come back here and press Try again.",
            ],
            Self::SafariIos => [
                "Press the page sign in the address bar, then Website Settings.",
                "Set Camera and Microphone to Allow.",
                "Come back here and press Try again.",
            ],
            Self::Other => [
                "Open the settings of this page in your browser.",
                "Allow the camera and the microphone.",
                "Come back here and press Try again.",
            ],
        }
    }
}

/// Why an act of the host or of an adult was not carried out.
pub const fn refusal(why: Refusal) -> &'static str {
    match why {
        Refusal::NotAllowed => "Only the therapist can do this.",
        Refusal::Locked => "The board is locked.",
        Refusal::NotInRoom => "This works once you are in the room.",
        Refusal::NoSuchPerson => "This person has left.",
        Refusal::NotInKit => "This is not in the kit of the visit.",
        Refusal::NoSuchStroke => "This stroke is gone already.",
        Refusal::NotYours => "This stroke belongs to somebody else.",
        Refusal::TooLarge => "This is too large to send.",
        Refusal::BoardFull => "The board is full. Clear it, or take a new sheet.",
        Refusal::NotNow => "This is not possible at this moment.",
    }
}

/// Why the line closed for good, and what to do.
pub const fn closing(why: Closing) -> &'static str {
    match why {
        Closing::Superseded => "This visit is open in another tab or on another device.",
        Closing::SessionEnded => "You were signed out. Your place is kept; sign in to come back.",
        Closing::NotAllowed => "This page is not here. The address may be old, or it belongs to somebody else.",
        Closing::NotOpen => "The room is not open now.",
        Closing::BadFrame | Closing::OldPage => {
            "There is a newer version of this page. Load it again; your place is kept."
        }
        Closing::Left => "You left the room. You can come back while the visit lasts.",
        Closing::Removed => "You are no longer part of this visit. If this surprises you, call the clinic.",
        Closing::CalledOff => "This visit was cancelled or moved to another time.",
        Closing::TooManyDevices => {
            "You came to this visit from too many browsers. Go on in one that you used before, or call the clinic."
        }
        Closing::TooMany | Closing::TooSlow | Closing::Silent | Closing::Restart => {
            "No connection; we try again by ourselves. Your place is kept."
        }
    }
}

pub const fn device(device: Device) -> &'static str {
    match device {
        Device::Unknown => "not checked yet",
        Device::Works => "ok",
        Device::Skipped => "skipped",
        Device::Denied => "not allowed",
        Device::Missing => "none",
    }
}

/// "Material 7 of 9, camera ok, microphone ok, sound ok, 4.2 Mbit/s": the line the therapist reads.
pub fn readiness(readiness: &Readiness) -> String {
    let parts = [
        ("camera", readiness.camera),
        ("microphone", readiness.microphone),
        ("sound", readiness.speaker),
    ];
    let devices = parts.map(|(name, found)| format!("{name} {}", device(found)));
    let material = match readiness.of {
        0 => "No material".to_owned(),
        of => format!("Material {} of {of}", readiness.loaded),
    };
    let line = match readiness.kbps {
        0 => String::new(),
        kbps => format!(", {}", rate(kbps)),
    };
    format!("{material}, {}{line}", devices.join(", "))
}

pub const fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Checking => "Checking the device",
        Presence::Ready => "Ready",
        Presence::InRoom => "In the room",
        Presence::Resuming => "One moment",
        Presence::Left => "Left",
    }
}

/// What somebody's card says, after their name.
pub const fn card(card: Card) -> &'static str {
    match card {
        Card::Break => "wants a break",
        Card::Help => "needs help",
        Card::Louder => "wants it louder",
        Card::Stop => "says stop",
    }
}

/// "640 kbit/s", "4.2 Mbit/s".
pub fn rate(kbps: u32) -> String {
    match kbps {
        0..1_000 => format!("{kbps} kbit/s"),
        _ => format!("{}.{} Mbit/s", kbps / 1_000, kbps % 1_000 / 100),
    }
}

/// "1.4 MB", "640 kB".
pub fn bytes(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// "4:07".
pub fn minutes(ms: u32) -> String {
    let seconds = ms / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_browser_gets_its_own_way_to_the_camera() {
        let agents = [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
                Browser::Chrome,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
                Browser::Edge,
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                Browser::Firefox,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1 Version/18.0 Safari/605.1",
                Browser::SafariMac,
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1 CriOS/140 Safari/605.1",
                Browser::SafariIos,
            ),
            ("curl/8", Browser::Other),
        ];
        for (agent, browser) in agents {
            assert_eq!(Browser::from_agent(agent), browser, "{agent}");
        }
    }

    #[test]
    fn the_device_line_reads_like_a_sentence() {
        let ready = Readiness {
            loaded: 7,
            of: 9,
            camera: Device::Works,
            microphone: Device::Denied,
            ..Readiness::default()
        };
        assert_eq!(
            super::readiness(&ready),
            "Material 7 of 9, camera ok, microphone not allowed, sound not checked yet"
        );
        assert!(super::readiness(&Readiness::default()).starts_with("No material"));
        let measured = Readiness { kbps: 4_250, ..ready };
        assert!(super::readiness(&measured).ends_with(", 4.2 Mbit/s"));
    }

    #[test]
    fn sizes_and_times_are_short() {
        assert_eq!(bytes(999), "1 kB");
        assert_eq!(bytes(1_450_000), "1.4 MB");
        assert_eq!(minutes(247_900), "4:07");
    }
}
