//! Something that a layer above keeps with a table: made when first asked for, held as long as the table.

use std::any::Any;
use std::sync::OnceLock;

/// One value of a type that the table does not know.
#[derive(Debug, Default)]
pub(crate) struct Extension(OnceLock<Box<dyn Any + Send + Sync>>);

impl Extension {
    /// The value; `None` where one of another type is kept already.
    pub(crate) fn get<T: Any + Default + Send + Sync>(&self) -> Option<&T> {
        self.0.get_or_init(|| Box::<T>::default()).downcast_ref()
    }
}
