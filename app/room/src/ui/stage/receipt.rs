//! What the host may say about the patient's screen, from the newest proof of it (U7).

use crate::model::{Stage, wire::RenderAck};

/// A film this far off is behind.
const BEHIND_MS: f64 = 1_000.0;
/// What was shown this long ago without a proof is late; before that it is on its way.
const LATE_MS: f64 = 2_000.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipt {
    /// Nobody is there to see it.
    Nobody,
    /// Shown a moment ago; the proof is on its way.
    OnItsWay,
    Seen,
    /// Whole seconds.
    Behind(u32),
    TabHidden,
    SoundBlocked,
}

/// `shown_at_ms`: when the host's own page learned of this stage. `now_ms`: the server's clock.
pub fn receipt(stage: &Stage, ack: Option<&RenderAck>, here: bool, shown_at_ms: f64, now_ms: f64) -> Receipt {
    let Some(ack) = ack.filter(|_| here) else {
        return if here { Receipt::OnItsWay } else { Receipt::Nobody };
    };
    if !ack.visible {
        return Receipt::TabHidden;
    }
    if ack.stage_seq != stage.seq {
        let waited = now_ms - shown_at_ms;
        return if waited > LATE_MS {
            Receipt::Behind(whole_seconds(waited))
        } else {
            Receipt::OnItsWay
        };
    }
    if ack.audio_blocked {
        return Receipt::SoundBlocked;
    }
    match (stage.playback, ack.media_pos_ms) {
        (Some(playback), Some(at)) => {
            #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit 53 bits")]
            let painted_at = ack.painted_at_ms as f64;
            // A proof from before the last command says nothing about it.
            #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit 53 bits")]
            let older = painted_at < playback.at_ms as f64;
            let off = playback.expected_ms(painted_at) - f64::from(at);
            if !older && off > BEHIND_MS {
                Receipt::Behind(whole_seconds(off))
            } else {
                Receipt::Seen
            }
        }
        _ => Receipt::Seen,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a short positive stretch of time"
)]
fn whole_seconds(ms: f64) -> u32 {
    (ms / 1_000.0).round().max(1.0) as u32
}

impl Receipt {
    pub fn words(self) -> String {
        match self {
            Self::Nobody => "Nobody sees this yet".to_owned(),
            Self::OnItsWay => "On its way".to_owned(),
            Self::Seen => "Seen".to_owned(),
            Self::Behind(seconds) => format!("Behind {seconds} s"),
            Self::TabHidden => "Tab hidden".to_owned(),
            Self::SoundBlocked => "Seen, sound blocked".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ItemId, Playback, Shown};
    use uuid::Uuid;

    fn item() -> ItemId {
        ItemId::new(Uuid::nil())
    }

    fn picture(seq: u64) -> Stage {
        Stage {
            shown: Shown::Picture { item: item() },
            seq,
            playback: None,
        }
    }

    fn ack(stage_seq: u64) -> RenderAck {
        RenderAck {
            stage_seq,
            painted_at_ms: 10_500,
            visible: true,
            audio_blocked: false,
            media_pos_ms: None,
        }
    }

    #[test]
    fn a_picture_is_on_its_way_then_seen_or_behind() {
        assert_eq!(
            receipt(&picture(7), Some(&ack(6)), true, 10_000.0, 10_400.0),
            Receipt::OnItsWay
        );
        assert_eq!(
            receipt(&picture(7), Some(&ack(7)), true, 10_000.0, 10_600.0),
            Receipt::Seen
        );
        assert_eq!(
            receipt(&picture(7), Some(&ack(6)), true, 10_000.0, 14_000.0),
            Receipt::Behind(4)
        );
    }

    #[test]
    fn a_hidden_tab_and_a_blocked_sound_are_named() {
        let hidden = RenderAck {
            visible: false,
            ..ack(7)
        };
        assert_eq!(receipt(&picture(7), Some(&hidden), true, 0.0, 0.0), Receipt::TabHidden);
        let silent = RenderAck {
            audio_blocked: true,
            ..ack(7)
        };
        assert_eq!(
            receipt(&picture(7), Some(&silent), true, 0.0, 0.0),
            Receipt::SoundBlocked
        );
        assert_eq!(receipt(&picture(7), Some(&ack(7)), false, 0.0, 0.0), Receipt::Nobody);
    }

    #[test]
    fn a_film_is_behind_by_its_position_not_by_its_picture() {
        let playback = Playback::new(item(), 60_000, 0).prepare(0, 0).start(0, 9_850);
        let stage = Stage {
            shown: Shown::Video { item: item() },
            seq: 7,
            playback: Some(playback),
        };
        let at = |painted_at_ms, pos| RenderAck {
            painted_at_ms,
            media_pos_ms: Some(pos),
            ..ack(7)
        };
        assert_eq!(
            receipt(&stage, Some(&at(15_000, 5_000)), true, 0.0, 15_100.0),
            Receipt::Seen
        );
        assert_eq!(
            receipt(&stage, Some(&at(15_000, 2_000)), true, 0.0, 15_100.0),
            Receipt::Behind(3)
        );
        assert_eq!(
            receipt(&stage, Some(&at(9_000, 30_000)), true, 0.0, 15_100.0),
            Receipt::Seen,
            "from before the start"
        );
    }
}
