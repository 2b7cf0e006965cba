using ThreeOneOne.Field.Hub.CitySystem;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

public sealed class LookUpTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly GeoPoint At = new(42.373611, -71.109733);
    private static readonly CityEcho Nothing = new(0, 0, 0);

    private readonly CitySystemOptions options = new();

    private readonly Push push = new()
    {
        Id = "ab", Request = "SR-26-000001", Kind = PushKind.Request, N = 0, Marker = "fm-aaaabbbbccccdddd", FirstSentAt = Now, CreatedAt = Now, UpdatedAt = Now,
        Body = new PushBody { Service = "pothole", ServiceCode = "PH", Lat = At.Latitude, Lon = At.Longitude, Description = "Pothole at 5 Main Street" },
    };

    [Fact]
    public void A_marker_tells_wherever_it_came_back_and_in_whatever_case()
    {
        Assert.Equal("7", Found([Row("7", "POTHOLE [REF FM-AAAABBBBCCCCDDDD]", new GeoPoint(1, 1))]));
        Assert.Equal("7", Found([Row("7", null, null) with { Texts = ["7", "fm-aaaabbbbccccdddd"] }, Row("8", "Pothole at 5 Main Street", At)]));
    }

    [Fact]
    public void The_same_marker_under_two_ids_is_for_a_person()
    {
        var answer = Judge([Row("7", "[ref fm-aaaabbbbccccdddd]", At), Row("8", "[ref fm-aaaabbbbccccdddd]", At)]);
        Assert.Contains("7, 8", Assert.IsType<PushAnswer.Ambiguous>(answer).Cause, StringComparison.Ordinal);
        Assert.Equal("7", Found([Row("7", "[ref fm-aaaabbbbccccdddd]", At), Row("7", "[ref fm-aaaabbbbccccdddd]", At)]));
    }

    [Fact]
    public void Without_its_marker_the_one_row_alike_in_all_that_we_sent_is_ours() =>
        Assert.Equal("7", Found([Row("7", "POTHOLE AT 5 MAIN STREET", new GeoPoint(42.37361, -71.10973)), Row("9", "Tree down", new GeoPoint(42.4, -71.2))]));

    [Fact]
    public void Two_rows_alike_are_for_a_person() =>
        Assert.IsType<PushAnswer.Ambiguous>(Judge([Row("7", "Pothole at 5 Main Street", At), Row("8", "Pothole at 5 Main Street", At)]));

    [Fact]
    public void A_row_nearby_that_the_city_may_have_moved_is_for_a_person_unless_the_city_is_known_to_keep_places_or_markers()
    {
        IReadOnlyList<CityRow> rows = [Row("7", "Pothole!!", At.MovedByM(20, 0))];
        Assert.IsType<PushAnswer.Ambiguous>(Judge(rows));
        Assert.IsType<PushAnswer.Absent>(Judge(rows, new CityEcho(5, 0, 5)));
        Assert.IsType<PushAnswer.Absent>(Judge(rows, new CityEcho(5, 5, 0)));
        Assert.IsType<PushAnswer.Ambiguous>(Judge(rows, new CityEcho(5, 4, 4)));
        Assert.IsType<PushAnswer.Ambiguous>(Judge(rows, new CityEcho(2, 2, 2)));
    }

    [Theory]
    [InlineData("another service")]
    [InlineData("far away")]
    [InlineData("before")]
    [InlineData("another request of ours")]
    [InlineData("another marker of ours")]
    public void What_cannot_be_ours_is_not(string why)
    {
        var row = why switch
        {
            "another service" => Row("7", "Pothole at 5 Main Street", At) with { ServiceCode = "TREE" },
            "far away" => Row("7", "Pothole at 5 Main Street", At.MovedByM(80, 0)),
            "before" => Row("7", "Pothole at 5 Main Street", At) with { RequestedAt = Now.AddMinutes(-11) },
            "another marker of ours" => Row("7", "Pothole at 5 Main Street [ref fm-zzzzyyyyxxxxwwww]", At),
            _ => Row("owned", "Pothole at 5 Main Street", At),
        };
        Assert.IsType<PushAnswer.Absent>(Judge([row]));
    }

    [Fact]
    public void A_row_without_a_place_or_a_time_may_be_ours()
    {
        Assert.IsType<PushAnswer.Ambiguous>(Judge([Row("7", "Pothole", null)]));
        Assert.IsType<PushAnswer.Ambiguous>(Judge([Row("7", "Pothole", At.MovedByM(9, 9)) with { RequestedAt = null, ServiceCode = null }]));
    }

    [Fact]
    public void A_row_of_ours_that_has_no_id_yet_is_never_absent() =>
        Assert.IsType<PushAnswer.NoNews>(Judge([Row(null, "[ref fm-aaaabbbbccccdddd]", At)]));

    [Fact]
    public void What_the_list_shows_is_believed_before_an_id_that_another_request_was_answered_with()
    {
        Assert.Equal("owned", Found([Row("owned", "[ref fm-aaaabbbbccccdddd]", At)]));
        Assert.Equal("mistaken", Found([Row("mistaken", "Pothole at 5 Main Street", At)]));
    }

    [Fact]
    public void A_description_that_is_cut_keeps_its_marker_whole()
    {
        var text = Marker.Append(new string('x', 500), "fm-aaaabbbbccccdddd", 100);
        Assert.Equal(100, text.Length);
        Assert.EndsWith("x [ref fm-aaaabbbbccccdddd]", text, StringComparison.Ordinal);
        Assert.Equal("fm-aaaabbbbccccdddd", Marker.In(Row("7", text, null)));
        Assert.All(Enumerable.Range(0, 200), _ => Assert.NotNull(Marker.In(Row("7", Marker.New(), null))));
    }

    private static CityRow Row(string? id, string? description, GeoPoint? at) => new()
    {
        Id = id, Description = description, At = at, ServiceCode = "PH", RequestedAt = Now.AddMinutes(1), Status = "open",
        Texts = [.. new[] { id, description }.OfType<string>()],
    };

    private string Found(IReadOnlyList<CityRow> rows) => Assert.IsType<PushAnswer.Stored>(Judge(rows)).Remote;

    private PushAnswer Judge(IReadOnlyList<CityRow> rows, CityEcho? echo = null) =>
        LookUp.Judge(push, rows, Owners, echo ?? Nothing, options, Now.AddMinutes(20));

    // Another request at the same place, and one far away that the city answered with the wrong id.
    private Dictionary<string, Push> Owners => new()
    {
        ["owned"] = push with { Request = "SR-26-000002" },
        ["mistaken"] = push with { Request = "SR-26-000003", Body = push.Body with { Lat = 42.4 } },
    };
}
