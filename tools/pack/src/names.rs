//! Short names for what the module imports.
//!
//! wasm-bindgen calls each function that it imports by its path and a digest, and the names stand in both files: with them
//! a first visit loads 5 kB more, compressed.

use anyhow::{Result, bail};
use wasm_bindgen_cli_support::Output;

/// What an import was called, and is called from now on.
pub struct Renamed(Vec<(String, String)>);

/// Numbers the imports that come from `module`, the script that wasm-bindgen writes.
pub fn shorten(output: &mut Output, module: &str) -> Renamed {
    let imports = output.wasm_mut().imports.iter_mut();
    let ours = imports.filter(|import| import.module == module);
    let renamed = ours.enumerate().map(|(number, import)| {
        let short = number.to_string();
        (std::mem::replace(&mut import.name, short.clone()), short)
    });
    Renamed(renamed.collect())
}

impl Renamed {
    /// The script with the new names. Each import is one key of one object there: anything else would break the page.
    pub fn apply(&self, script: &str) -> Result<String> {
        let mut script = script.to_owned();
        for (long, short) in &self.0 {
            let key = format!(" {long}: ");
            if script.matches(&key).count() != 1 {
                bail!("{long} is not the key of one import in the script");
            }
            script = script.replacen(&key, &format!(" {short}: "), 1);
        }
        Ok(script)
    }
}
