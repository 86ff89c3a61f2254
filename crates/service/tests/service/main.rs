//! The service as its clients meet it: real requests to a real server on a loopback port.

mod common;
mod content;
mod gates;
mod hand_overs;
mod keys;
mod leases;
mod offline;
mod openapi;
mod packages;
mod people;
mod places;
mod portal;
mod products;
mod program;
mod publish;
mod readiness;
mod readiness_board;
mod second_step;
mod serials;
mod sessions;
mod tenants;
mod vectors;
