namespace ThreeOneOne.Field.Hub.Access;

/// <summary>Another server from which the hub's pages may read, such as the city's own map tiles: it joins the policy that browsers hold pages to.</summary>
/// <param name="Origin">Scheme, host and port: <c>https://tiles.example.gov</c>.</param>
public sealed record TrustedOrigin(string Origin);
