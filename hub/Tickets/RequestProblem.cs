using Microsoft.AspNetCore.Http.HttpResults;

namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>Why a request is not changed as asked, for the answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">Cause and remedy.</param>
public sealed record RequestProblem(int Status, string Detail)
{
    public static RequestProblem NotFound(string number) =>
        new(StatusCodes.Status404NotFound, $"no request has the number '{number}': GET /api/requests lists those there are");

    public static RequestProblem Conflict(string detail) => new(StatusCodes.Status409Conflict, detail);

    public static RequestProblem Invalid(string detail) => new(StatusCodes.Status422UnprocessableEntity, detail);

    /// <summary>412, naming who was first.</summary>
    public static RequestProblem Changed(System.Data.Common.DbConnection connection, Ticket ticket) =>
        new(StatusCodes.Status412PreconditionFailed, Preconditions.Text(
            ticket.Number, TicketReading.LastChange(connection, ticket.Number)?.Who ?? "somebody", ticket.UpdatedAt, ticket.Version));

    public ProblemHttpResult Answer() => TypedResults.Problem(Detail, statusCode: Status);
}
