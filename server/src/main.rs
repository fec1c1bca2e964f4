//! The one binary: serves the site, runs the worker, migrates, seeds, verifies the audit chain.

mod web;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let options = leptos::config::get_configuration(None)?.leptos_options;
        let listener = tokio::net::TcpListener::bind(options.site_addr).await?;
        axum::serve(listener, web::router(options)).await?;
        Ok(())
    })
}
