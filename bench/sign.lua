-- Signs with a new address from a new network each time; the proxy's header is trusted in the bench only.
local number = math.random(1, 1000000000)
request = function()
  number = number + 1
  local body = "name=Elena+Marchi&email=bench" .. number .. "@mail.example&country=IT&city=Milano&visibility=initial"
  return wrk.format("POST", "/en/petitions/milan-daegu/sign/", {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["X-Forwarded-For"] = "10." .. number % 256 .. "." .. math.floor(number / 256) % 256 .. ".1",
  }, body)
end
