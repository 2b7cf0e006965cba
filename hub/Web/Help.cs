namespace ThreeOneOne.Field.Hub.Web;

/// <summary>What <c>field-hub</c> can be told to do.</summary>
public static class Help
{
    private const string Text = """
        field-hub: the hub of a city's 311 field program

          field-hub run [settings]                             serve the page and the API, read the vehicles
          field-hub keys create --name NAME --role ROLE        make an API key and print it once
          field-hub keys list | keys revoke ID
          field-hub people invite --name NAME --role ROLE      print a one-time sign-in link (--minutes M)
          field-hub people list | people reset-mfa NAME         the second takes a lost authenticator app away
          field-hub enroll VEHICLE                             print a one-time code that makes a computer this vehicle (--hours N;
                                                               --kind crewed|sensor-only registers it if it is not there)
          field-hub revoke VEHICLE                             end a vehicle's certificates and its session (--reason TEXT)
          field-hub authority status | renew | retire          let a new authority take over from the old one
          field-hub backup TO                                  copy all data into a new folder, beside a running hub
          field-hub restore FROM                               bring a backup into a new data folder, and an empty PostgreSQL database
          field-hub vehicle list | show UNIT                   how vehicles are: last seen, certificate, backlog, computer, what is wrong
          field-hub vehicle command UNIT logs|restart|capture|blink|wipe [--wait SECONDS] [--save FILE]
          field-hub vehicle cancel UNIT COMMAND                take back a command that the vehicle has not answered
          field-hub audit check                                say whether the audit log is whole
          field-hub rules rehearse --since 90d --Sites:Key=value
                                                               say what changed rules would have made of what is stored
          field-hub outbox import FILE                         take in an outbox that came on a stick, while no hub runs;
                                                               a running one takes it by POST /api/outbox
          field-hub import street-lights|road-structures|work-zones|requests FILE  bring a city's own data, CSV or GeoJSON; field-hub import --help
          field-hub update publish | offer | stop | status     bring signed versions of the agent to vehicles; field-hub update
          field-hub profile validate|diff|render|roll-out|roll-back|status
                                                               what vehicles are told, from a folder of files; field-hub profile --help
          field-hub openapi FILE                               write the API's OpenAPI document
          field-hub city check URL                             try a city's Open311 server by reading, and say which settings it needs
          field-hub --help

        settings: --config FILE (JSON), --Section:Key=value, environment FIELD_Section__Key
        sections: Hub, Storage, Enrolment, Broker, Ingest, Retention, Attachments, Live, Access, Streets, Assets, Sites, Catalogue, Districts,
                  Automation, Tickets, Backlog, Responsibility, WorkOrders, Verification, Commands, Fleet, CitySystem, Map, Open311, Updates
        exit codes: 0 ended, 1 failed, 2 settings or arguments, 3 the port is taken
        """;

    public static int Print(TextWriter writer, int code)
    {
        writer.WriteLine(Text);
        return code;
    }
}
