//! Products that need others: what is needed and not there is installed first.

use super::order::{Prepared, Request};
use crate::client::Client;
use crate::error::Error;
use crate::job::Priority;
use crate::view::{InstallOptions, JobView};
use std::collections::{BTreeMap, BTreeSet};
use toolcrib_model::{JobId, ProductId};

impl Client {
    /// Thinks the installation of products through, with those that they need and that are not there; what is needed
    /// comes before what needs it. Of several products those that are there already are left out.
    ///
    /// # Errors
    /// As [`Client::prepare`], for each of them.
    pub async fn prepare_all(
        &self,
        products: &[ProductId],
        request: &Request,
    ) -> Result<Vec<Prepared>, Error> {
        let open = products.iter().map(|product| (product.clone(), request.clone()));
        let Gathered { found, there } = self.gather(open.collect(), None).await?;
        match there.filter(|_| found.is_empty()) {
            Some(error) => Err(error),
            None => Ok(in_order(products, found)),
        }
    }

    /// What a product that was thought through needs and what is not there, in the order in which it is installed before it.
    pub(super) async fn needed_by(
        &self,
        prepared: &Prepared,
        request: &Request,
    ) -> Result<Vec<Prepared>, Error> {
        let missing = self.missing_for(prepared)?;
        let open = missing.iter().map(|needed| (needed.clone(), for_needed(request)));
        let product = &prepared.manifest().product;
        let Gathered { found, .. } = self.gather(open.collect(), Some(product)).await?;
        Ok(in_order(&missing, found))
    }

    /// Thinks through what is `open`, and all that it needs; but for one product, which is thought through already.
    async fn gather(
        &self,
        mut open: Vec<(ProductId, Request)>,
        but: Option<&ProductId>,
    ) -> Result<Gathered, Error> {
        let mut gathered = Gathered::default();
        while let Some((product, request)) = open.pop() {
            if gathered.found.contains_key(&product) || Some(&product) == but {
                continue;
            }
            let prepared = match self.prepare(&product, request.clone()).await {
                Err(error @ Error::AlreadyInstalled { .. }) => {
                    gathered.there = Some(error);
                    continue;
                }
                prepared => prepared?,
            };
            let missing = self.missing_for(&prepared)?.into_iter();
            open.extend(missing.map(|needed| (needed, for_needed(&request))));
            gathered.found.insert(product, prepared);
        }
        Ok(gathered)
    }

    /// What a product needs and what is not installed.
    fn missing_for(&self, prepared: &Prepared) -> Result<Vec<ProductId>, Error> {
        let mut missing = Vec::new();
        for needed in &prepared.manifest().needs {
            if self.receipt(needed)?.is_none() {
                missing.push(needed.clone());
            }
        }
        Ok(missing)
    }

    /// Begins installations that were thought through together. Each waits for those that it needs.
    ///
    /// # Errors
    /// When one of them must not begin: then none does. When the home cannot be written.
    pub async fn start_all(&self, prepared: Vec<Prepared>) -> Result<Vec<JobView>, Error> {
        prepared.iter().try_for_each(Prepared::judge)?;
        let mut jobs: Vec<JobView> = Vec::new();
        for one in prepared {
            let needs = &one.manifest().needs;
            let after = jobs.iter().filter(|job| needs.contains(&job.product));
            let after: Vec<JobId> = after.map(|job| job.id.clone()).collect();
            let product = one.manifest().product.clone();
            let job = match self.resume_unfinished(&product, &Request::default()).await? {
                Some(job) => job,
                None => self.start_after(one, after, Priority::Normal)?,
            };
            jobs.push(job);
        }
        Ok(jobs)
    }
}

/// Products that were thought through.
#[derive(Default)]
struct Gathered {
    found: BTreeMap<ProductId, Prepared>,
    /// The word on one that was asked for and is there already.
    there: Option<Error>,
}

/// What was thought through, each after all that it needs.
fn in_order(products: &[ProductId], mut found: BTreeMap<ProductId, Prepared>) -> Vec<Prepared> {
    let needs = found
        .iter()
        .map(|(product, prepared)| (product.clone(), prepared.manifest().needs.clone()));
    let order = needed_first(products, &needs.collect());
    order.iter().filter_map(|product| found.remove(product)).collect()
}

/// The consent goes for all; what was chosen of one product says nothing of another one.
fn for_needed(request: &Request) -> Request {
    Request::new(InstallOptions {
        accept_texts: request.options.accept_texts,
        despite_warnings: request.options.despite_warnings,
        allow_scripts: request.options.allow_scripts,
        metered: request.options.metered,
        not_before: request.options.not_before,
        ..InstallOptions::default()
    })
}

/// The products and what they need, each after all that it needs; where they need each other in a circle, as asked.
fn needed_first(products: &[ProductId], needs: &BTreeMap<ProductId, Vec<ProductId>>) -> Vec<ProductId> {
    let (mut order, mut seen) = (Vec::new(), BTreeSet::new());
    products
        .iter()
        .for_each(|product| visit(product, needs, &mut seen, &mut order));
    order
}

fn visit(
    product: &ProductId,
    needs: &BTreeMap<ProductId, Vec<ProductId>>,
    seen: &mut BTreeSet<ProductId>,
    order: &mut Vec<ProductId>,
) {
    if !seen.insert(product.clone()) {
        return;
    }
    for needed in needs.get(product).into_iter().flatten() {
        visit(needed, needs, seen, order);
    }
    order.push(product.clone());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> ProductId {
        name.parse().expect("an id")
    }

    fn order(asked: &[&str], needs: &[(&str, &[&str])]) -> Vec<String> {
        let asked: Vec<_> = asked.iter().map(|name| id(name)).collect();
        let needs = needs
            .iter()
            .map(|(name, needed)| (id(name), needed.iter().map(|name| id(name)).collect()));
        let order = needed_first(&asked, &needs.collect());
        order.into_iter().map(Into::into).collect()
    }

    #[test]
    fn what_is_needed_comes_before_what_needs_it() {
        assert_eq!(
            order(&["a"], &[("a", &["c", "b"]), ("b", &["c"]), ("c", &[])]),
            ["c", "b", "a"]
        );
        assert_eq!(order(&["a", "b"], &[("a", &["b"]), ("b", &[])]), ["b", "a"]);
        assert_eq!(order(&["b", "a"], &[]), ["b", "a"]);
    }

    #[test]
    fn products_that_need_each_other_are_still_installed() {
        assert_eq!(order(&["a"], &[("a", &["b"]), ("b", &["a"])]), ["b", "a"]);
    }
}
