using ThreeOneOne.Field.Hub.Streets;

namespace ThreeOneOne.Field.Hub.Tests.Streets;

/// <summary>Against the streets of Cambridge as the city draws them.</summary>
public sealed class AddressBookTests
{
    private static readonly StreetMap Map = StreetFiles.Load(new StreetsOptions());
    private static readonly AddressBook Book = new(Map);

    [Theory]
    [InlineData("125 Inman St", "125 Inman St")]
    [InlineData("125 inman", "125 Inman St")]
    [InlineData("  125  INMAN STREET  ", "125 Inman St")]
    [InlineData("125 Inman St, Cambridge, MA 02139", "125 Inman St")]
    [InlineData("125 Inman St Cambridge MA 02139", "125 Inman St")]
    [InlineData("125b Inman St", "125 Inman St")]
    [InlineData("100 mass ave", "100 Massachusetts Ave")]
    [InlineData("52 Mount Auburn Street", "52 Mt Auburn St")]
    [InlineData("12 saint mary road", "12 St Mary Rd")]
    [InlineData("110 2nd st", "110 Second St")]
    [InlineData("125 Imnan St", "125 Inman St")]
    [InlineData("125 Ínmán St.", "125 Inman St")]
    public void A_house_is_found_as_people_write_it(string typed, string expected)
    {
        var best = Book.Find(typed, 5)[0];
        Assert.Equal(("address", expected, true), (best.Kind, best.Text, best.Exact));
    }

    [Theory]
    [InlineData("Inman St & Hampshire St")]
    [InlineData("hampshire and inman")]
    [InlineData("inman at hampshire")]
    [InlineData("corner of Inman Street and Hampshire Street")]
    [InlineData("inman / hamp")]
    [InlineData("inman st hampshire st")]
    [InlineData("Inmann & Hampshrie")]
    public void A_crossing_is_found_whichever_street_comes_first(string typed)
    {
        var best = Book.Find(typed, 5)[0];
        Assert.Equal(("intersection", "Hampshire St & Inman St"), (best.Kind, best.Text));
        Assert.Equal("Hampshire St & Inman St", Map.Locate(best.At)!.Text);
    }

    [Theory]
    [InlineData("broadway", "Broadway")]
    [InlineData("mass ave", "Massachusetts Ave")]
    [InlineData("auburn st", "Auburn St")]
    [InlineData("hampshire", "Hampshire St")]
    [InlineData("inma", "Inman St")]
    public void A_street_is_found_by_the_beginning_of_its_name_the_longer_street_first(string typed, string expected)
    {
        var best = Book.Find(typed, 5)[0];
        Assert.Equal(("street", expected), (best.Kind, best.Text));
        Assert.InRange(Map.Locate(best.At)!.DistanceM, 0, 5);
    }

    [Fact]
    public void An_open_end_lists_what_crosses()
    {
        var crossings = Book.Find("inman st &", 20).Select(f => f.Text).ToList();
        Assert.Contains("Broadway & Inman St", crossings);
        Assert.Contains("Harvard St & Inman St", crossings);
    }

    [Fact]
    public void Every_house_number_of_the_city_is_found_where_the_map_says_it_is()
    {
        var random = new Random(5);
        var (asked, astray) = (0, new List<string>());
        foreach (var segment in Map.All.Where(s => s.Left is not null || s.Right is not null).OrderBy(s => s.Id, StringComparer.Ordinal).Where(_ => random.Next(4) == 0))
        {
            foreach (var numbers in new[] { segment.Left, segment.Right }.OfType<HouseNumbers>())
            {
                var number = numbers.At(random.NextDouble());
                var named = $"{number} {segment.Street}";
                var found = Book.Find(named, 3);
                asked++;
                // A corner is addressed by its streets, and at a bend another street may be nearer.
                if (found is not [{ Exact: true } best, ..] || best.Text != named || Map.Nearest(best.At) is not { } there || there.Segment.Street != segment.Street) astray.Add(named);
            }
        }

        Assert.True(asked > 500, $"{asked} asked");
        Assert.True(astray.Count < asked / 30, $"{astray.Count} of {asked}: {string.Join("; ", astray.Take(20))}");
    }

    [Fact]
    public void The_middle_of_a_block_gives_back_its_own_address()
    {
        foreach (var named in (string[])["113 Inman St", "112 Inman St", "31 Inman St", "1350 Cambridge St"])
            Assert.Equal(named, Map.Locate(Book.Find(named, 1)[0].At)!.Text);
    }

    [Fact]
    public void A_number_that_the_street_does_not_have_gives_the_nearest_and_says_so()
    {
        var near = Book.Find("139 Inman St", 1)[0];
        Assert.Equal(("address", "135 Inman St", false), (near.Kind, near.Text, near.Exact));
        var none = Book.Find("4000 Inman St", 1)[0];
        Assert.Equal(("street", "Inman St", false), (none.Kind, none.Text, none.Exact));
    }

    [Theory]
    [InlineData("")]
    [InlineData("125")]
    [InlineData("&")]
    [InlineData(" & inman")]
    [InlineData("125 &")]
    [InlineData("dragon street")]
    [InlineData("st")]
    [InlineData("Inman St & Alewife Brook Pkwy")]
    [InlineData("99999999999 Inman St & ' -- %")]
    public void What_the_city_does_not_have_is_not_found(string typed) => Assert.DoesNotContain(Book.Find(typed, 20), f => f.Rank == 0);

    [Fact]
    public void A_hint_between_the_cross_streets_comes_with_a_house() =>
        Assert.Equal("Inman St between St Mary Rd and Hampshire St", Book.Find("125 Inman St", 1)[0].Detail);
}
