using Microsoft.AspNetCore.Http.Metadata;

namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>Longest body of an endpoint, bytes.</summary>
internal sealed record RequestSizeLimitMetadata(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
