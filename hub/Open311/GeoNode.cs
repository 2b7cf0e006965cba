using System.Collections;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// Content of an answer before it becomes XML or JSON, so that both say the same. What is absent is not in it: real
/// importers break on nulls and on empty date elements.
/// </summary>
internal abstract class GeoNode
{
    private GeoNode()
    {
    }

    /// <summary>Characters, clean for both formats.</summary>
    public sealed class Text(string value) : GeoNode
    {
        public string Value { get; } = CleanText.Of(value);
    }

    /// <summary>A position or a count.</summary>
    public sealed class Number(double value) : GeoNode
    {
        public double Value { get; } = double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "no number of XML and JSON");
    }

    public sealed class Flag(bool value) : GeoNode
    {
        public bool Value { get; } = value;
    }

    /// <summary>Repeated children: in XML elements of one name in their container, in JSON an array, also for one and for none.</summary>
    public sealed class Many(string child, IReadOnlyList<GeoNode> items) : GeoNode
    {
        public string Child { get; } = child;

        public IReadOnlyList<GeoNode> Items { get; } = items;
    }

    /// <summary>Named members, in order; absent values are left out.</summary>
    public sealed class Group : GeoNode, IEnumerable<(string Name, GeoNode Node)>
    {
        private readonly List<(string Name, GeoNode Node)> members = [];

        public void Add(string name, GeoNode? node)
        {
            if (node is not null) members.Add((name, node));
        }

        public void Add(string name, string? text) => Add(name, string.IsNullOrEmpty(text) ? null : new Text(text));

        public void Add(string name, double? number) => Add(name, number is { } n ? new Number(n) : null);

        public void Add(string name, bool flag) => Add(name, new Flag(flag));

        public void Add(string name, DateTimeOffset? time) => Add(name, time is { } t ? new Text(GeoDate.Write(t)) : null);

        public IEnumerator<(string Name, GeoNode Node)> GetEnumerator() => members.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
