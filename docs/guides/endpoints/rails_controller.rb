# app/controllers/pusher_controller.rb; the gem "pusher", and in config/routes.rb:
#   post "/pusher/auth", to: "pusher#auth"
class PusherController < ApplicationController
  def auth
    # Your own login goes here; current_user is Devise's name for it.
    return head :unauthorized unless current_user

    channel = params.require(:channel_name)
    return head :forbidden unless may_join?(channel)

    render json: Pusher.authenticate(channel, params.require(:socket_id), member(channel))
  end

  private

  # Your own rules go here: who may hear what?
  def may_join?(channel)
    ["private-user-#{current_user.id}", "private-orders", "presence-lobby"].include?(channel)
  end

  def member(channel)
    return unless channel.start_with?("presence-")

    { user_id: current_user.id.to_s, user_info: { name: current_user.name } }
  end
end
