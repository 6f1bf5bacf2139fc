//! The OpenAPI document, made from the endpoint types.

use std::collections::BTreeMap;

use shared::{
    api::{self, Endpoint, Route},
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
        self.add(Route::of::<E>(), fields, E::Response::schema());
    }

    /// What no longer needs to know the endpoint's type, and is compiled once.
    fn add(&mut self, route: Route, fields: Object, answer: RefOr<Schema>) {
        let operation = operation(route, fields, answer);
        self.paths.add_path_operation(route.path, vec![http_method(route.method)], operation);
    }

    pub(super) fn document(self) -> OpenApi {
        let mut schemas: BTreeMap<_, _> = self.schemas.into_iter().collect();
        let mut of_problem = Vec::new();
        Problem::schemas(&mut of_problem);
        schemas.extend(of_problem);
        schemas.insert(Problem::name().into(), Problem::schema());
        OpenApiBuilder::new()
            .info(InfoBuilder::new().title("指尖教学").version("1"))
            .paths(self.paths)
            .components(Some(ComponentsBuilder::new().schemas_from_iter(schemas).build()))
            .build()
    }
}

fn operation(route: Route, mut fields: Object, answer: RefOr<Schema>) -> Operation {
    let refused = ResponseBuilder::new().description("出错信息").content(
        "application/problem+json",
        ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build(),
    );
    let done = ResponseBuilder::new()
        .description("成功")
        .content("application/json", ContentBuilder::new().schema(Some(answer)).build());
    let mut operation = OperationBuilder::new()
        .operation_id(Some(route.operation))
        .summary(fields.description.take())
        .response("200", done)
        .response("default", refused);
    for parameter in path_parameters(route.path, &mut fields) {
        operation = operation.parameter(parameter);
    }
    if route.method.has_body() {
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
fn path_parameters(path: &str, fields: &mut Object) -> Vec<Parameter> {
    let names = path.split('/').filter_map(api::placeholder);
    names
        .map(|name| {
            let schema = fields.properties.shift_remove(name);
            let schema = schema.unwrap_or_else(|| panic!("{path}: no field {name}"));
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
