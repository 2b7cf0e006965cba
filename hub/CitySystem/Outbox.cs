using System.Security.Cryptography;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>Puts what the city must hear into the outbox, in the transaction that made it so.</summary>
public sealed class Outbox(CitySystemOptions options)
{
    /// <summary>A new request, once: a request that has a push or an id at the city gets no other.</summary>
    public void Request(WriteScope scope, string number, PushBody body, string stage)
    {
        if (CityLinkStore.Find(scope, number)?.Remote is not null || CityStore.OfRequest(scope, number).Exists(p => p.Kind == PushKind.Request)) return;
        CityLinkStore.Save(scope, (CityLinkStore.Find(scope, number) ?? new CityLink { Request = number }) with { Told = stage });
        Add(scope, New(scope, number, PushKind.Request, 0, Complete(body)));
    }

    /// <summary>News of a request that is at the city or on its way there.</summary>
    public void Update(WriteScope scope, string number, PushBody body)
    {
        var before = CityStore.OfRequest(scope, number);
        var n = before.Count > 0 ? before.Max(p => p.N) + 1 : 1;
        if (CityLinkStore.Find(scope, number) is { } link) CityLinkStore.Save(scope, link with { Told = body.Stage ?? link.Told });
        Add(scope, New(scope, number, PushKind.Update, n, body));
    }

    /// <summary>The body with what the settings say now: they may have been what it failed for.</summary>
    public PushBody Complete(PushBody body) => body with
    {
        ServiceCode = options.Services.GetValueOrDefault(body.Service),
        Attributes = options.Attributes.Where(a => a.Key.StartsWith(body.Service + "/", StringComparison.Ordinal))
            .ToDictionary(a => a.Key[(body.Service.Length + 1)..], a => a.Value),
    };

    private static void Add(WriteScope scope, Push push)
    {
        CityStore.Add(scope, push);
        CityStore.Log(scope, push.Id, push.Cause is null ? "queued" : $"queued: {push.Cause}");
        scope.Raise(new PushQueued(push.Id));
    }

    private static Push New(WriteScope scope, string number, PushKind kind, long n, PushBody body)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var push = new Push
        {
            Id = id, Request = number, Kind = kind, N = n, Marker = Marker.New(), Body = kind == PushKind.Update ? body with { UpdateId = body.UpdateId ?? id } : body,
            DueAt = scope.Now, CreatedAt = scope.Now, UpdatedAt = scope.Now,
        };
        return kind == PushKind.Request && body.ServiceCode is null
            ? push with { State = PushState.Failed, DueAt = null, Cause = $"the city's code for '{body.Service}' is not known: set CitySystem:Services:{body.Service}, then retry" }
            : push;
    }
}
