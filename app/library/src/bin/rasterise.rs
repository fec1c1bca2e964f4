//! The rasteriser alone, for the library's own tests and for trying a document by hand. In production the server starts
//! itself with the hidden sub-command of the same name.

fn main() -> std::io::Result<()> {
    library::raster::run_child()
}
