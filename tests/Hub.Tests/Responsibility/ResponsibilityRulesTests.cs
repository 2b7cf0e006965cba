using ThreeOneOne.Field.Hub.Responsibility;

namespace ThreeOneOne.Field.Hub.Tests.Responsibility;

public sealed class ResponsibilityRulesTests
{
    private static readonly ResponsibilityRules City = RulesFile.Load(new ResponsibilityOptions().File);

    [Fact]
    public void The_citys_lights_are_its_own_the_private_ones_are_not_and_the_others_wait_for_a_person()
    {
        var lights = Hub.Tests.Assets.CambridgeLights.All;
        var outcomes = lights.Select(l => City.Resolve(new Facts { Service = "street-light-out", Asset = l.Pole, AssetOwner = l.Owner }).Outcome).CountBy(o => o).ToDictionary();
        Assert.Equal(new Dictionary<string, int> { [Outcome.OwnCrew] = 5_086, [Outcome.Triage] = 1_027, [Outcome.Private] = 4 }, outcomes);
    }

    [Theory]
    [InlineData("pothole", null, "Inman St", null, Outcome.OwnCrew, "city")]
    [InlineData("pothole", null, "Memorial Dr", null, Outcome.Referral, "state-parks")]
    [InlineData("pothole", null, null, null, Outcome.OwnCrew, "city")]
    [InlineData("utility-casting", null, "Inman St", "CAMBRIDGE WATER 1922", Outcome.Referral, "water")]
    [InlineData("utility-casting", null, "Inman St", "Watertown foundry", Outcome.OwnCrew, "city")]
    [InlineData("utility-casting", null, "Memorial Dr", "gas", Outcome.Referral, "gas")]
    [InlineData("street-light-out", "City", "Memorial Dr", null, Outcome.OwnCrew, "city")]
    [InlineData("street-light-out", "Utility", "Inman St", null, Outcome.Triage, null)]
    [InlineData("street-light-out", " ", "Inman St", null, Outcome.Triage, null)]
    public void The_first_rule_that_holds_decides(string service, string? owner, string? street, string? letters, string outcome, string? party)
    {
        var resolution = City.Resolve(new Facts { Service = service, AssetOwner = owner, Street = street, Structure = letters });
        Assert.Equal((outcome, party), (resolution.Outcome, resolution.Party));
        Assert.NotEmpty(resolution.Because);
    }

    [Fact]
    public void A_contractor_answers_in_its_area_only()
    {
        var rules = new ResponsibilityRules(
            [new Party("city", "Public Works", PartyKind.OwnCrew), new Party("lamps", "Lamps Ltd", PartyKind.Contractor)],
            [
                new Rule { Services = ["street-light-out"], Districts = ["4", "5"], Party = "lamps", Because = "the contract" },
                new Rule { Party = "city", Because = "else" },
            ]);
        Assert.Equal(new Resolution(Outcome.Contractor, "lamps", "the contract"), rules.Resolve(new Facts { Service = "street-light-out", District = "5" }));
        Assert.Equal("city", rules.Resolve(new Facts { Service = "street-light-out", District = "6" }).Party);
        Assert.Equal("city", rules.Resolve(new Facts { Service = "street-light-out" }).Party);
    }

    [Fact]
    public void Every_fault_of_the_rules_is_told_at_once()
    {
        var fault = Assert.Throws<InvalidDataException>(() => new ResponsibilityRules(
            [new Party("city", "Public Works", PartyKind.OwnCrew), new Party("city", "Twice", PartyKind.Agency), new Party("odd", "Odd", PartyKind.Unknown, 0)],
            [
                new Rule { Party = "nobody", Because = "x", Services = ["a"] },
                new Rule { Party = "city", Outcome = Outcome.Triage, Because = "x", Services = ["a"] },
                new Rule { Outcome = Outcome.Referral, Because = " ", Services = ["a"] },
                new Rule { Party = "city", Because = "x" },
                new Rule { Party = "city", Because = "x", Streets = ["Inman St"] },
            ])).Message;
        foreach (var part in new[] { "'city' is there 2 times", "'odd' has no kind", "chaseDays of 'odd'", "rule 1: no party has the id 'nobody'", "rule 2: names a party", "rule 3: says no because", "rule 3: the outcome 'referral' needs a party", "rule 4: holds always", "the last one must hold always" })
            Assert.Contains(part, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"parties":[],"rules":[{"street":["Inman St"],"outcome":"triage","because":"x"}]}""", "street")]
    [InlineData("{", "cannot be used")]
    [InlineData("{\"parties\":[],\n\"rules\":[\n{\"street\":[\"Inman St\"],\"outcome\":\"triage\",\"because\":\"x\"}]}", "line 3: rules[0].street: ")]
    [InlineData("{\"parties\":[],\n// why\n\"rules\":[\n{\"services\":[\"a\"],\n\"party\":\"nobody\",\"because\":\"x\"}]}", "line 5: rule 1: no party has the id 'nobody'\nline 4: rules: the last one must hold always")]
    [InlineData("{\"parties\":[],\n\"rules\":[\n}", "line 3: ")]
    [InlineData("""{"parties":[{"id":"a","name":"A","kind":"owner"}],"rules":[]}""", "kind")]
    public void A_file_that_says_something_else_names_itself_and_what_is_wrong(string json, string expected)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, json);
            var fault = Assert.Throws<InvalidDataException>(() => RulesFile.Load(file)).Message;
            Assert.Contains(file, fault, StringComparison.Ordinal);
            Assert.Contains(expected, fault, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
