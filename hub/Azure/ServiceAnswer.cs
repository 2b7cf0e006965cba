using System.Net;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>What the service API said.</summary>
/// <param name="Status">HTTP status; null: no answer.</param>
/// <param name="Body">Its beginning.</param>
internal readonly record struct ServiceAnswer(HttpStatusCode? Status, string Body);
