namespace ThreeOneOne.Field.Hub.WorkOrders;

/// <summary>An order's history as it reads once repeated and undone actions are out.</summary>
/// <param name="State">What it makes of the order.</param>
/// <param name="Visits">Actions that the state doesn't need, in canonical order: linked visits.</param>
/// <param name="Points">Repair points that count, in canonical order: without a second crew's fill of a hole.</param>
/// <param name="Standing">Every action that stands, in canonical order.</param>
public sealed record OrderStory(OrderState State, IReadOnlyList<OrderEvent> Visits, IReadOnlyList<OrderEvent> Points, IReadOnlyList<OrderEvent> Standing);
