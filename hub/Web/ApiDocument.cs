using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Open311;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Web;

/// <summary>
/// The OpenAPI document of the whole API at <c>/openapi/v1.json</c>: made from the endpoints themselves, with the permission
/// that each asks for and the errors that every one can answer. It names no host, so that it is the same everywhere.
/// </summary>
public static class ApiDocument
{
    public const string Path = "/openapi/v1.json";
    public const string PermissionMember = "x-permission";

    private const string Route = "/openapi/{documentName}.json";
    private const string Name = "v1";
    private const string Key = "key";
    private const string Problem = "application/problem+json";

    private static readonly string[] GeoTypes = ["text/xml", "application/json"];

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => IsApi("/" + description.RelativePath);
        // Many endpoints call their own body Request or View.
        options.CreateSchemaReferenceId = type => type.Type.Name.Contains("AnonymousType", StringComparison.Ordinal) ? null
            : OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } id ? OwnerOf(type.Type) + id
            : null;
        options.AddSchemaTransformer((schema, context, _) => DescribeAsync(schema, context.JsonTypeInfo.Type));
        options.AddOperationTransformer(DescribeAsync);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "ThreeOneOne.Field hub",
                Version = Name,
                Description = "Service requests, work orders, vehicles and crews of a city's 311 field program, and its Open311 GeoReport v2 server.",
            };
            document.Servers?.Clear();
            document.Tags = document.Paths.Values.SelectMany(p => p.Operations?.Values.AsEnumerable() ?? []).SelectMany(o => o.Tags?.AsEnumerable() ?? [])
                .Select(t => t.Reference.Id!).Distinct().Order(StringComparer.Ordinal).Select(t => new OpenApiTag { Name = t }).ToHashSet();
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Key] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key; people have a session cookie instead." },
            };
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi(Route).ExcludeFromDescription();

    /// <summary>Pages, their files and the map's tiles are no API.</summary>
    public static bool IsApi(string path) =>
        path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith(GeoReport.Root + "/", StringComparison.Ordinal) || path is "/healthz" or "/readyz";

    private static string OwnerOf(Type type) => type.DeclaringType is { } owner ? OwnerOf(owner) + owner.Name : "";

    // What has a converter of its own says nothing about itself.
    private static Task DescribeAsync(OpenApiSchema schema, Type type)
    {
        if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
        {
            schema.Type = type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
        }
        else if (type == typeof(ShiftState) || type == typeof(ShiftState?))
        {
            schema.Type = JsonSchemaType.String;
        }

        return Task.CompletedTask;
    }

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var path = "/" + context.Description.RelativePath;
        operation.Tags = new HashSet<OpenApiTagReference> { new(TagOf(path), context.Document) };
        AddPathParameters(operation, path);
        operation.Responses ??= [];
        if (path.StartsWith(GeoReport.Root + "/", StringComparison.Ordinal))
        {
            operation.Responses["200"] = Answer("As GeoReport v2 says, in the format of the path's suffix.", GeoTypes, null);
            operation.Responses.TryAdd("default", Answer("What was wrong, as errors in the format of the path's suffix.", GeoTypes, null));
            AddFormFields(operation, metadata.OfType<GeoParametersAttribute>().FirstOrDefault()?.Names ?? [], context.Description.HttpMethod == HttpMethods.Post);
            if (metadata.OfType<KeyPermissionAttribute>().FirstOrDefault() is { } key) Ask(operation, context, key.Permission);
            return;
        }

        const string details = nameof(ProblemDetails);
        var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancel).ConfigureAwait(false);
        context.Document?.AddComponent(details, schema);
        var problem = new OpenApiSchemaReference(details, context.Document);
        if (metadata.OfType<RequirePermissionAttribute>().FirstOrDefault() is { } permission)
        {
            Ask(operation, context, permission.Permission);
            operation.Responses.TryAdd("401", Answer("Nobody has signed in, and no key was sent.", [Problem], problem));
            operation.Responses.TryAdd("403", Answer("The role lacks the permission.", [Problem], problem));
        }

        operation.Responses.TryAdd("default", Answer("What was wrong, and what would be right.", [Problem], problem));
    }

    private static string TagOf(string path) => path.StartsWith(GeoReport.Root, StringComparison.Ordinal) ? "Open311" : path.Split('/') is [_, "api", var first, ..] ? first : "health";

    private static void AddFormFields(OpenApiOperation operation, IReadOnlyList<string> names, bool inBody)
    {
        if (!inBody)
        {
            foreach (var name in names)
                operation.Parameters!.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
            return;
        }

        var form = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = names.ToDictionary(n => n, _ => (IOpenApiSchema)new OpenApiSchema { Type = JsonSchemaType.String }),
        };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { ["application/x-www-form-urlencoded"] = new() { Schema = form }, ["multipart/form-data"] = new() { Schema = form } },
        };
    }

    private static void Ask(OpenApiOperation operation, OpenApiOperationTransformerContext context, string permission)
    {
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        operation.Extensions[PermissionMember] = new JsonNodeExtension(JsonValue.Create(permission));
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, context.Document)] = [] }];
    }

    /// <summary>Those that the handler reads by itself, which the framework does not see.</summary>
    private static void AddPathParameters(OpenApiOperation operation, string path)
    {
        operation.Parameters ??= [];
        foreach (var part in path.Split('{').Skip(1))
        {
            var name = part[..part.IndexOf('}', StringComparison.Ordinal)].TrimStart('*').Split(':')[0];
            if (operation.Parameters.Any(p => p.Name == name)) continue;
            var schema = new OpenApiSchema { Type = JsonSchemaType.String };
            if (name == "format") schema.Enum = [JsonValue.Create("xml"), JsonValue.Create("json")];
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = schema });
        }
    }

    private static OpenApiResponse Answer(string description, IEnumerable<string> types, IOpenApiSchema? schema) => new()
    {
        Description = description,
        Content = types.ToDictionary(t => t, _ => new OpenApiMediaType { Schema = schema }),
    };
}
