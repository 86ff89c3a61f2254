//! Moving an installed product to another folder or disk (B-09).

use crate::client::Client;
use crate::error::Error;
use crate::job::run::{Work, begin};
use crate::job::{Kind, Task};
use crate::policy::Key;
use crate::view::{JobView, PlaceView};
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_machine::files;
use toolcrib_model::{Digest, ProductId};
use toolcrib_wire::receipt::Receipt;

impl Client {
    /// Moves an installed product with all its releases to a folder that is empty or not there yet.
    ///
    /// # Errors
    /// When the product is not installed, another job of it is unfinished, it is open and this client does not wait,
    /// the folder holds other things, or the organisation wants another one.
    pub async fn move_product(&self, product: &ProductId, to: &Utf8Path) -> Result<JobView, Error> {
        if let Some(job) = self
            .same_or_make_way(product, |task| task.kind == Kind::Move)
            .await?
        {
            return Ok(job);
        }
        let receipt = self.receipt_of(product)?;
        if receipt.root == *to {
            return Err(Error::AlreadyThere {
                product: product.clone(),
                folder: to.to_owned(),
            });
        }
        self.must_be_wanted(product, to)?;
        let task = Task {
            to: Some(to.to_string()),
            ..Task::on(Kind::Move, receipt, String::new())
        };
        self.must_be_closed_at_once(&task)?;
        let (record, lock) = self.0.jobs.create(task, self.0.clock.now())?;
        begin(self, record, lock, Work::Move)
    }

    /// The folders that a product could be moved to, one for each disk that this person may write to.
    ///
    /// # Errors
    /// When the product is not installed.
    pub fn places(&self, product: &ProductId) -> Result<Vec<PlaceView>, Error> {
        let receipt = self.receipt_of(product)?;
        let folders = match self.wanted_folder(product)? {
            Some(wanted) => vec![wanted],
            None => self.usual_folders(product),
        };
        Ok(folders
            .into_iter()
            .filter(|folder| receipt.root != *folder && is_free(folder) && can_be_made(folder))
            .filter_map(|folder| self.place(&receipt, folder))
            .collect())
    }

    /// Moves a product to one of its places.
    ///
    /// # Errors
    /// When there is no such place, or as [`Client::move_product`].
    pub async fn move_to_place(&self, product: &ProductId, place: &str) -> Result<JobView, Error> {
        let places = self.places(product)?.into_iter();
        let chosen = places
            .filter(|known| known.id == place)
            .map(|known| known.folder)
            .next();
        let folder = chosen.ok_or_else(|| Error::UnknownPlace {
            product: product.clone(),
        })?;
        self.move_product(product, Utf8Path::new(&folder)).await
    }

    /// A folder that the product could be moved to; `None` where it cannot be measured.
    fn place(&self, receipt: &Receipt, folder: Utf8PathBuf) -> Option<PlaceView> {
        let free_bytes = files::space(&folder).ok()?.free;
        // There a file gets a second name where the system says plainly that it is one volume.
        let stays = cfg!(unix) && files::same_volume(Utf8Path::new(&receipt.root), &folder).unwrap_or(false);
        let releases = self.releases(receipt).into_iter();
        let bytes: u64 = releases.map(|release| release.installed_bytes).sum();
        Some(PlaceView {
            id: Digest::of(folder.as_str().as_bytes()).to_string(),
            folder: folder.into_string(),
            free_bytes,
            needed_bytes: if stays {
                0
            } else {
                bytes.max(receipt.installed_bytes)
            },
        })
    }

    /// The usual folder of a product, and one on each disk.
    fn usual_folders(&self, product: &ProductId) -> Vec<Utf8PathBuf> {
        let here = self.0.home.apps().join(product.as_str());
        let elsewhere = files::volumes()
            .into_iter()
            .map(|volume| volume.join("Toolcrib").join(product.as_str()));
        std::iter::once(here).chain(elsewhere).collect()
    }

    /// Nothing is fetched by moving, so a policy that cannot be understood does not stop it.
    fn wanted_folder(&self, product: &ProductId) -> Result<Option<Utf8PathBuf>, Error> {
        self.policy().unwrap_or_default().folder_of(product, &self.0.home)
    }

    fn must_be_wanted(&self, product: &ProductId, folder: &Utf8Path) -> Result<(), Error> {
        match self.wanted_folder(product)? {
            Some(wanted) if wanted != folder => Err(self.policy()?.set_by(Key::Folder)),
            Some(_) | None => Ok(()),
        }
    }
}

fn is_free(folder: &Utf8Path) -> bool {
    fs_err::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}

fn can_be_made(folder: &Utf8Path) -> bool {
    files::nearest_existing(folder).is_ok_and(|above| files::is_writable_folder(&above).is_ok())
}
