//! Which camera and microphone this device used last, and whether its check was done. Settings of the device only: nothing
//! here says who sat before it (G20: settings are asked once).

use web_sys::Storage;

const CHECKED: &str = "room.checked";
const CAMERA: &str = "room.camera";
const MICROPHONE: &str = "room.microphone";

/// What this device remembers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remembered {
    /// The whole check was walked through once.
    pub checked: bool,
    pub camera: Option<String>,
    pub microphone: Option<String>,
}

impl Remembered {
    /// Nothing where storage is blocked: the check is then asked again, which is harmless.
    pub fn load() -> Self {
        let Some(storage) = storage() else {
            return Self::default();
        };
        let read = |key| storage.get_item(key).ok().flatten().filter(|value| !value.is_empty());
        Self {
            checked: read(CHECKED).is_some(),
            camera: read(CAMERA),
            microphone: read(MICROPHONE),
        }
    }

    pub fn save(&self) {
        let Some(storage) = storage() else { return };
        let write = |key, value: Option<&str>| {
            let _ = match value {
                Some(value) => storage.set_item(key, value),
                None => storage.remove_item(key),
            };
        };
        write(CHECKED, self.checked.then_some("yes"));
        write(CAMERA, self.camera.as_deref());
        write(MICROPHONE, self.microphone.as_deref());
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
