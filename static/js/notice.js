// A notice tells of the act just done: opened again or put among the bookmarks, the page says nothing of it.
const address = new URL(location.href);
if (address.searchParams.has("done")) {
  address.searchParams.delete("done");
  history.replaceState(history.state, "", address);
}
