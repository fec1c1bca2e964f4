//! One audio context for the page: unlocked by the click on "I'm ready", plays the test tone, feeds the level meter.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AnalyserNode, AudioContext, MediaStream, MediaStreamTrack};

/// Quieter than this is a room without a voice, in decibels below full scale.
const FLOOR_DB: f32 = -55.0;
/// A clear voice close to the microphone.
const CEILING_DB: f32 = -15.0;

pub struct Sound {
    context: AudioContext,
}

impl Sound {
    pub fn new() -> Option<Self> {
        AudioContext::new().ok().map(|context| Self { context })
    }

    /// Must run inside a click: browsers keep a page silent until then.
    pub fn unlock(&self) {
        unheard(self.context.resume());
    }

    /// Two soft notes, a rising fifth, 1.2 s in all.
    ///
    /// # Errors
    /// The browser has no way to make a sound.
    pub fn chime(&self) -> Result<(), JsValue> {
        self.unlock();
        let start = self.context.current_time() + 0.05;
        self.note(392.0, start, 0.5)?;
        self.note(587.33, start + 0.5, 0.7)
    }

    fn note(&self, hertz: f32, at: f64, seconds: f64) -> Result<(), JsValue> {
        let oscillator = self.context.create_oscillator()?;
        let gain = self.context.create_gain()?;
        oscillator.frequency().set_value(hertz);
        // Ramps, because a tone that starts or ends at full height clicks.
        let volume = gain.gain();
        volume.set_value_at_time(0.0, at)?;
        volume.linear_ramp_to_value_at_time(0.25, at + 0.05)?;
        volume.linear_ramp_to_value_at_time(0.0, at + seconds)?;
        oscillator.connect_with_audio_node(&gain)?;
        gain.connect_with_audio_node(&self.context.destination())?;
        oscillator.start_with_when(at)?;
        oscillator.stop_with_when(at + seconds)
    }

    /// Listens to a microphone without playing it.
    ///
    /// # Errors
    /// The track has ended.
    pub fn meter(&self, track: &MediaStreamTrack) -> Result<Meter, JsValue> {
        self.unlock();
        let stream = MediaStream::new()?;
        stream.add_track(track);
        let source = self.context.create_media_stream_source(&stream)?;
        let analyser = self.context.create_analyser()?;
        analyser.set_fft_size(1024);
        source.connect_with_audio_node(&analyser)?;
        Ok(Meter {
            analyser,
            samples: vec![0.0; 1024],
        })
    }
}

impl Drop for Sound {
    fn drop(&mut self) {
        unheard(self.context.close());
    }
}

/// Whether a context wakes up or closes is known by its sound; a page that is left meanwhile is nobody's error.
fn unheard(answer: Result<Promise, JsValue>) {
    if let Ok(promise) = answer {
        spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}

/// How loud a microphone is right now.
pub struct Meter {
    analyser: AnalyserNode,
    samples: Vec<f32>,
}

impl Meter {
    /// 0 for silence, 1 for a clear voice.
    pub fn level(&mut self) -> f32 {
        self.analyser.get_float_time_domain_data(&mut self.samples);
        level(&self.samples)
    }
}

/// Loudness of a stretch of samples on the scale a person expects: in steps of decibels, not of pressure.
fn level(samples: &[f32]) -> f32 {
    if samples.is_empty() {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a few thousand samples at most")]
    let count = samples.len() as f32;
    let power = samples.iter().map(|sample| sample * sample).sum::<f32>() / count;
    let decibels = 10.0 * power.max(1e-10).log10();
    ((decibels - FLOOR_DB) / (CEILING_DB - FLOOR_DB)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::level;

    fn tone(height: f32) -> Vec<f32> {
        (0..1024u16).map(|n| height * (f32::from(n) * 0.1).sin()).collect()
    }

    #[test]
    fn silence_shows_nothing_and_a_voice_fills_the_meter() {
        assert!(level(&[]) < f32::EPSILON);
        assert!(level(&tone(0.0)) < f32::EPSILON);
        assert!(level(&tone(0.001)) < 0.05, "room noise must not look like a voice");
        assert!(level(&tone(0.3)) > 0.9);
    }

    #[test]
    fn louder_is_higher() {
        let levels: Vec<f32> = [0.01, 0.03, 0.1, 0.2]
            .into_iter()
            .map(|height| level(&tone(height)))
            .collect();
        assert!(levels.is_sorted() && levels.first() < levels.last(), "{levels:?}");
    }
}
