//! The OpenAPI document, made from the endpoint types.

use std::collections::BTreeMap;

use shared::{
    api::{self, Endpoint},
    problem::Problem,
};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, Object, OpenApi, OpenApiBuilder, Paths, Ref,
    RefOr, Required, ResponseBuilder, Schema,
    path::{HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
    request_body::RequestBodyBuilder,
};
use utoipa::{PartialSchema, ToSchema};

#[derive(Default)]
pub(super) struct Docs {
    paths: Paths,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl Docs {
    pub(super) fn describe<E: Endpoint>(&mut self) {
        E::schemas(&mut self.schemas);
        E::Response::schemas(&mut self.schemas);
        let RefOr::T(Schema::Object(fields)) = E::schema() else {
            panic!("{} is not a struct", E::name());
        };
        let operation = operation::<E>(fields);
        self.paths.add_path_operation(E::PATH, vec![http_method(E::METHOD)], operation);
    }

    pub(super) fn document(&self) -> OpenApi {
        let mut schemas: BTreeMap<_, _> = self.schemas.iter().cloned().collect();
        let mut of_problem = Vec::new();
        Problem::schemas(&mut of_problem);
        schemas.extend(of_problem);
        schemas.insert(Problem::name().into(), Problem::schema());
        OpenApiBuilder::new()
            .info(InfoBuilder::new().title("指尖教学").version("1"))
            .paths(self.paths.clone())
            .components(Some(ComponentsBuilder::new().schemas_from_iter(schemas).build()))
            .build()
    }
}

fn operation<E: Endpoint>(mut fields: Object) -> Operation {
    let refused = ResponseBuilder::new().description("出错信息").content(
        "application/problem+json",
        ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build(),
    );
    let done = ResponseBuilder::new().description("成功").content(
        "application/json",
        ContentBuilder::new().schema(Some(E::Response::schema())).build(),
    );
    let mut operation = OperationBuilder::new()
        .operation_id(Some(E::name()))
        .summary(fields.description.take())
        .response("200", done)
        .response("default", refused);
    for parameter in path_parameters::<E>(&mut fields) {
        operation = operation.parameter(parameter);
    }
    if E::METHOD.has_body() {
        let content = ContentBuilder::new().schema(Some(Schema::Object(fields))).build();
        let body = RequestBodyBuilder::new().content("application/json", content).build();
        return operation.request_body(Some(body)).build();
    }
    let Object { properties, required, .. } = fields;
    for (name, schema) in properties {
        let required = if required.contains(&name) { Required::True } else { Required::False };
        operation = operation.parameter(parameter(&name, ParameterIn::Query, required, schema));
    }
    operation.build()
}

/// Takes the fields that travel in the path out of `fields`.
fn path_parameters<E: Endpoint>(fields: &mut Object) -> Vec<Parameter> {
    let names = E::PATH.split('/').filter_map(api::placeholder);
    names
        .map(|name| {
            let schema = fields.properties.shift_remove(name);
            let schema = schema.unwrap_or_else(|| panic!("{}: no field {name}", E::PATH));
            fields.required.retain(|it| it != name);
            parameter(name, ParameterIn::Path, Required::True, schema)
        })
        .collect()
}

fn parameter(
    name: &str,
    parameter_in: ParameterIn,
    required: Required,
    schema: RefOr<Schema>,
) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(parameter_in)
        .required(required)
        .schema(Some(schema))
        .build()
}

const fn http_method(method: api::Method) -> HttpMethod {
    match method {
        api::Method::GET => HttpMethod::Get,
        api::Method::POST => HttpMethod::Post,
        api::Method::PUT => HttpMethod::Put,
        api::Method::PATCH => HttpMethod::Patch,
        api::Method::DELETE => HttpMethod::Delete,
    }
}
