//! The blob store: a port over `object_store`, where every object is sealed (room.md 9).

use object_store::ObjectStore;
use std::sync::Arc;

/// Where sealed objects are kept. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
}

impl Blobs {
    pub fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self { store }
    }
}
