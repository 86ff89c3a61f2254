//! How the pages of the lists are described: `ProductEntitlementPage`, `DevicePage` and so on.

use std::borrow::Cow;
use std::marker::PhantomData;
use toolcrib_wire::api::contract::Contract;
use toolcrib_wire::api::device::Device;
use toolcrib_wire::api::group::ContractPerson;
use toolcrib_wire::api::product::ProductEntitlement;
use toolcrib_wire::api::readiness::ReadinessCheck;
use toolcrib_wire::api::readiness::facts::DeviceFacts;
use toolcrib_wire::api::readiness::machine::{CheckedMachine, SilentMachine};
use toolcrib_wire::api::session::OpenSession;
use toolcrib_wire::api::timeline::TimelineEntry;
use utoipa::openapi::{ArrayBuilder, ObjectBuilder, Ref, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// Describes a [`toolcrib_wire::api::Page`] of one kind of thing.
pub struct PageOf<T>(PhantomData<T>);

/// A page of products.
pub type ProductPage = PageOf<ProductEntitlement>;
/// A page of devices.
pub type DevicePage = PageOf<Device>;
/// A page of sessions.
pub type SessionPage = PageOf<OpenSession>;
/// A page of a timeline.
pub type TimelinePage = PageOf<TimelineEntry>;
/// A page of contracts.
pub type ContractPage = PageOf<Contract>;
/// A page of a contract's people.
pub type ContractPersonPage = PageOf<ContractPerson>;
/// A page of readiness checks.
pub type ReadinessCheckPage = PageOf<ReadinessCheck>;
/// A page of computers that reported to a check.
pub type CheckedMachinePage = PageOf<CheckedMachine>;
/// A page of computers that have not reported to a check.
pub type SilentMachinePage = PageOf<SilentMachine>;
/// A page of devices with their facts.
pub type DeviceFactsPage = PageOf<DeviceFacts>;

impl<T: ToSchema> PartialSchema for PageOf<T> {
    fn schema() -> RefOr<Schema> {
        let item = RefOr::<Schema>::Ref(Ref::from_schema_name(T::name()));
        let items = ArrayBuilder::new()
            .items(item)
            .description(Some("The items of this page."));
        let cursor = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("Asks for the next page; absent on the last."));
        ObjectBuilder::new()
            .description(Some("One page of a list."))
            .property("items", items)
            .required("items")
            .property("next_cursor", cursor)
            .into()
    }
}

impl<T: ToSchema> ToSchema for PageOf<T> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Page", T::name()))
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(schemas);
    }
}
